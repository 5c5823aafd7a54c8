"""The health check inside a container: python deploy/healthy.py PORT asks /readyz as the first allowed host."""

import os
import sys
import urllib.request

host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".*") or "localhost"
request = urllib.request.Request(f"http://127.0.0.1:{sys.argv[1]}/readyz", headers={"Host": host})
with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=4) as answer:
    sys.exit(answer.status != 200)
