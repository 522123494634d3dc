/// What files are, by the ends of their names.
package enum MediaType {
  package static func of(_ path: String) -> String {
    switch path.split(separator: ".").last?.lowercased() {
    case "html": "text/html"
    case "css": "text/css"
    case "js": "text/javascript"
    case "json": "application/json"
    case "svg": "image/svg+xml"
    case "png": "image/png"
    case "jpg", "jpeg": "image/jpeg"
    case "gif": "image/gif"
    case "webp": "image/webp"
    case "avif": "image/avif"
    case "ico": "image/x-icon"
    case "wasm": "application/wasm"
    case "xml": "application/xml"
    case "pdf": "application/pdf"
    case "csv": "text/csv"
    case "md", "txt", "swift": "text/plain"
    default: "application/octet-stream"
    }
  }
}
