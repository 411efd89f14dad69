/// The arithmetic that the layers are made of.
///
/// n is the batch, i a layer's inputs, o its outputs. Each output element is one chain of fused
/// multiply-adds in index order, from +0; the threads divide the outputs, never a sum.
package enum Kernel {}
