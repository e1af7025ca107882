"""moto's AWS on a free loopback port, one request at a time.

`moto_server` itself handles requests in threads, and another thread can write between its check of `If-None-Match`
and its write: two of six writers then win. S3 decides atomically, and so does this server.
"""

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=False)
print(f"ready http://127.0.0.1:{server.port}", flush=True)
server.serve_forever()
