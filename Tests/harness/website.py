"""Somebody's website: one page on an origin of its own."""

import http.server
import threading


class Website:
    """Serves the same page on every path, with the given fields; it starts at once and knows its origin."""

    def __init__(self, page="", host="localhost", **fields):
        self.page = page
        self.fields = {name.replace("_", "-"): value for name, value in fields.items()}
        website = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = website.page.encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                for name, value in website.fields.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://{host}:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
