"""How the application server runs in production. A buffering proxy must stand in front of it."""

import os
from pathlib import Path

bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 30
graceful_timeout = 30
# Longer than the proxy keeps an idle connection, so that it never writes to a closed one.
keepalive = 75
# Workers are replaced one by one, so that memory cannot grow for weeks.
max_requests = 5000
max_requests_jitter = 500
# An Arabic query is six bytes a letter in an address.
limit_request_line = 8190
# The heartbeat file belongs in memory: on a slow disk it would stop workers.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
control_socket_disable = True
