# The whole of Trivium in one image: `serve`, `worker` and every other command.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /src
COPY . .
RUN node packages/cli/build.ts /out
WORKDIR /out
RUN npm install --omit=dev --no-audit --no-fund --loglevel=error && npm cache clean --force && node packages/web/build.js

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production \
    TRIVIUM_HOME=/var/lib/trivium \
    TRIVIUM_CACHE=/var/cache/trivium \
    LOG_LEVEL=info
RUN mkdir -p /var/lib/trivium /var/cache/trivium && chown node:node /var/lib/trivium /var/cache/trivium
WORKDIR /opt/trivium
COPY --from=build /out ./
USER node
VOLUME ["/var/lib/trivium", "/var/cache/trivium"]
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT ?? 3000) + '/healthz').then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "packages/cli/trivium.mjs"]
CMD ["serve"]
