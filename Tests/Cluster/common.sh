# What the tests of clusters share: a book, and a store that nginx keeps on the loopback address.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
TOOL=${NNBOOK:-$ROOT/.build/debug/nnbook}
export NNBOOK_CACHE=${NNBOOK_CACHE:-$ROOT/.build/nnbook-cache} NO_COLOR=1
WORK=$(mktemp -d)
passed=0
failed=0

expect() { # WHAT COMMAND...
  local what=$1
  shift
  if "$@"; then passed=$((passed + 1)); else
    failed=$((failed + 1))
    echo "FAILED: $what"
  fi
}

make_book() { # FOLDER
  mkdir -p "$1/chapters/data"
  echo "one two three" >"$1/chapters/data/words.txt"
  local i
  for i in 1 2 3 4 5 6 7; do
    printf -- '---\ntitle: Chapter %s\n---\n\nThe sum is `{swift} %s + 1`.\n\n```swift\n(1...%s).map { $0 * $0 }\n```\n' \
      "$i" "$i" "$i" >"$1/chapters/0$i-chapter.md"
  done
  printf -- '---\ntitle: Prose\n---\n\nNo cells, and $x^2$.\n' >"$1/chapters/08-prose.md"
  printf -- '---\ntitle: Data\n---\n\n```swift\nimport Foundation\nlet words = try! String(contentsOfFile: "data/words.txt", encoding: .utf8)\nprint(words.split(separator: " ").count)\n```\n' \
    >"$1/chapters/09-data.md"
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

start_store() { # sets STORE
  local port
  port=$(free_port)
  STORE=http://127.0.0.1:$port
  mkdir -p "$WORK/nginx/store" "$WORK/nginx/tmp"
  cat >"$WORK/nginx/nginx.conf" <<CONF
daemon off;
master_process off;
pid $WORK/nginx/pid;
error_log $WORK/nginx/error.log;
events {}
http {
  client_body_temp_path $WORK/nginx/tmp;
  client_max_body_size 0;
  access_log off;
  server {
    listen 127.0.0.1:$port;
    location ~ "^/(ac|cas)/[0-9a-f]{64}$" {
      root $WORK/nginx/store;
      dav_methods PUT;
      create_full_put_path on;
      limit_except GET HEAD PUT { deny all; }
    }
    location / { return 404; }
  }
}
CONF
  PATH=$PATH:/usr/sbin nginx -p "$WORK/nginx" -c "$WORK/nginx/nginx.conf" 2>/dev/null &
  STORE_PROCESS=$!
  local i
  for i in $(seq 100); do
    python3 -c "import socket; socket.create_connection(('127.0.0.1', $port), 1)" 2>/dev/null && return 0
    sleep 0.1
  done
  echo "the store did not start" >&2
  return 1
}

# The site of one machine alone, to hold the others against.
build_alone() {
  make_book "$WORK/alone"
  (cd "$WORK/alone" && "$TOOL" build --quiet) || exit 1
}

# From an empty machine: everything must be in the store, and the bytes those of one machine alone.
assemble() {
  make_book "$WORK/last"
  expect "every result is in the store" \
    bash -c "cd '$WORK/last' && '$TOOL' build --quiet --no-exec --store '$STORE' --store-mode read"
  expect "the site is that of one machine" diff -r "$WORK/alone/site" "$WORK/last/site"
}

finish() {
  echo "$passed passed, $failed failed"
  [ $failed -eq 0 ]
}
