import MLPRun

@main
enum Main {
  static func main() {}
}
