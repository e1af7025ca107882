# Debian with Postgres 18, used as postgres:18 is: the same variables, folders and entry point.
ARG BASE_DEBIAN
FROM ${BASE_DEBIAN}
# The binaries have no client: Debian's has psql and pg_isready for healthchecks and for files in /docker-entrypoint-initdb.d. The public
# image has openssl, too.
RUN --mount=type=secret,id=apt-sources,target=/etc/apt/sources.list.d/debian.sources \
    apt-get -q update && apt-get -q install -y --no-install-recommends postgresql-client openssl && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 999 postgres \
    && useradd --system --gid 999 --uid 999 --home-dir /var/lib/postgresql --shell /bin/bash postgres \
    && mkdir -p /var/lib/postgresql /docker-entrypoint-initdb.d && chown postgres:postgres /var/lib/postgresql
COPY postgres /usr/lib/postgresql/18
COPY --chmod=0755 postgres.entrypoint /usr/local/bin/docker-entrypoint.sh
ENV LANG=C.UTF-8 PGDATA=/var/lib/postgresql/18/docker \
    PATH=/usr/lib/postgresql/18/bin:/usr/lib/postgresql/15/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
VOLUME /var/lib/postgresql
STOPSIGNAL SIGINT
EXPOSE 5432
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["postgres"]
