"""moto's AWS on a free port of loopback, one request at a time.

`moto_server` itself takes requests in threads, and between its check of `If-None-Match` and its write another
thread can write: two of six writers then win. S3 decides atomically, and so does this.
"""

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=False)
print(f"ready http://127.0.0.1:{server.port}", flush=True)
server.serve_forever()
