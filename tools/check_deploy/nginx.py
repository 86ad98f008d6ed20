"""nginx reads its configuration, filled in as Compose fills it in."""

import pathlib
import re
import shutil
import socket
import subprocess
import tempfile

from common import COMPOSE, DEPLOY, read


def problems():
    path = DEPLOY / "nginx" / "greenroom.conf.template"
    told = read(COMPOSE)["services"]["proxy"]["environment"]
    asked = set(re.findall(r"\$\{(NGINX_\w+)\}", path.read_text()))
    for name in sorted(asked ^ {name for name in told if name.startswith("NGINX_")}):
        yield f"nginx: {path.name} and compose.yaml differ in {name}"
    if not shutil.which("nginx"):
        yield "nginx is missing; install it with: sudo apt-get install nginx-light"
        return
    with tempfile.TemporaryDirectory() as home:
        shutil.copy(COMPOSE.parent / "certificate", home)
        subprocess.run([f"{home}/certificate", "localhost"], capture_output=True, check=True)
        command = ["nginx", "-t", "-q", "-p", home, "-c", site(home, path, told)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            yield from (f"nginx: {line}" for line in done.stderr.splitlines())


def site(home, template, told):
    """Writes a configuration with the template, as the image of nginx fills it in, but for names that are not here."""
    here = {
        "NGINX_HTTP": f"127.0.0.1:{free_port()}",
        "NGINX_HTTPS": f"127.0.0.1:{free_port()}",
        "NGINX_CERTIFICATE": told["NGINX_CERTIFICATE"].replace("/etc/nginx", home),
        "NGINX_CERTIFICATE_KEY": told["NGINX_CERTIFICATE_KEY"].replace("/etc/nginx", home),
        "NGINX_SERVER_NAME": "localhost",
    }
    values = {name: re.sub(r"server \w+:", "server 127.0.0.1:", value) for name, value in told.items()} | here
    text = re.sub(r"\$\{(NGINX_\w+)\}", lambda found: values.get(found[1], ""), template.read_text())
    kept = "".join(f"{name}_temp_path {home}/{name};\n" for name in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
    path = pathlib.Path(home) / "nginx.conf"
    path.write_text(f"pid {home}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{kept}{text}}}\n")
    return path


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
