# The image of fog-lint: `docker build -t fog-lint .` in a checkout, `docker run --rm -v "$PWD:/work:ro" fog-lint` on a project.
ARG NODE=docker.io/library/node:24.11-alpine

FROM ${NODE} AS build
WORKDIR /src
COPY . .
# Building leaves dist/; packing takes what is published, and nothing else.
RUN npm ci && npm pack --ignore-scripts --pack-destination /tmp \
  && npm install --prefix /app --omit=dev --ignore-scripts --no-audit --no-fund /tmp/fog-lint-*.tgz

FROM ${NODE}
LABEL org.opencontainers.image.title="fog-lint" \
  org.opencontainers.image.description="Linter and consolidation analyzer for Docker Compose files" \
  org.opencontainers.image.licenses="MIT"
COPY --from=build /app/node_modules /app/node_modules
WORKDIR /work
USER 65534:65534
ENTRYPOINT ["node", "/app/node_modules/fog-lint/dist/cli.cjs"]
