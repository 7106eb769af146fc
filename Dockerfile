# Chapbook in a container: `docker build --tag chapbook .`, or with podman or buildah. Then
#
#   docker run --rm --volume "$PWD:/book" --user "$(id -u):$(id -g)" chapbook build
#
# makes the book in the current folder. It is made from this repository, with the versions of
# requirements.lock, since no package index has Chapbook yet.
FROM debian:bookworm-slim AS made
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates python3 python3-venv
COPY pyproject.toml requirements.lock README.md LICENSE /source/
COPY book /source/book
# The lock has what tests need, too: here it says the versions of what Chapbook itself asks for.
RUN python3 -m venv /opt/chapbook \
    && sed -e '/--hash=/d' -e 's/ *\\$//' /source/requirements.lock >/source/versions \
    && /opt/chapbook/bin/pip install --no-cache-dir --constraint /source/versions '/source[press]'

FROM debian:bookworm-slim
# What `book doctor` names for Debian; fontconfig is what Pango finds its fonts with.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        python3 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig \
    && rm -rf /var/lib/apt/lists/*
COPY --from=made /opt/chapbook /opt/chapbook
RUN useradd --create-home --uid 1000 author && install -d -o author -g author /book /store
# Whoever runs it as another user has no home here: what is kept lies in /store, if that is a volume.
ENV PATH=/opt/chapbook/bin:$PATH CHAPBOOK_STORE=/store PYTHONUTF8=1
USER author
WORKDIR /book
ENTRYPOINT ["book"]
CMD ["--help"]
