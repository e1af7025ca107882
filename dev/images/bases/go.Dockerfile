# Debian with Go in /usr/local/go, instead of golang.
ARG BASE_DEBIAN
FROM ${BASE_DEBIAN}
COPY go /usr/local/go
ENV PATH=/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
RUN ["go", "version"]
