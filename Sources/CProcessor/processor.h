// What the compiler was told about the processor, for Swift, which can't ask.

#if defined(__FMA__) || defined(__aarch64__)
#define MLPC_HAS_FUSED_MULTIPLY_ADD 1
#else
#define MLPC_HAS_FUSED_MULTIPLY_ADD 0
#endif

#if defined(__AVX512F__)
#define MLPC_VECTOR_BITS 512
#elif defined(__AVX__)
#define MLPC_VECTOR_BITS 256
#else
#define MLPC_VECTOR_BITS 128
#endif

// Whether the running processor has vectors of that many bits, and what else the compiler used.
static inline int mlpc_processor_has_vectors(int bits) {
#if defined(__x86_64__)
#if defined(__FMA__)
  if (!__builtin_cpu_supports("fma")) return 0;
#endif
#if defined(__AVX2__)
  if (!__builtin_cpu_supports("avx2")) return 0;
#endif
  if (bits >= 512) return __builtin_cpu_supports("avx512f");
  if (bits >= 256) return __builtin_cpu_supports("avx");
#endif
  return 1;
}

// Asks for the memory at an address to be brought into the cache.
static inline void mlpc_processor_prefetch(const void *address) { __builtin_prefetch(address); }
