# Debian with Python in /usr/local, where python:…-slim has it, and the libraries of Debian that it loads.
ARG BASE_DEBIAN
FROM ${BASE_DEBIAN}
RUN --mount=type=secret,id=apt-sources,target=/etc/apt/sources.list.d/debian.sources \
    apt-get -q update && apt-get -q install -y --no-install-recommends \
        libbz2-1.0 libcrypt1 libexpat1 libffi8 liblzma5 libncursesw6 libnsl2 libreadline8 libsqlite3-0 libssl3 libtirpc3 libuuid1 zlib1g \
    && rm -rf /var/lib/apt/lists/*
COPY python /usr/local
ENV LANG=C.UTF-8
RUN ldconfig && python3.12 -c 'import bz2, ctypes, lzma, readline, sqlite3, ssl, uuid, zlib' \
    && python3.12 -m ensurepip && ln -s pip3 /usr/local/bin/pip
