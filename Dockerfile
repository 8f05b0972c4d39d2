FROM node:24.21-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && rm -rf .next/cache
# The image has a Node of its own; what else is optional serves to build.
RUN npm prune --omit=dev --omit=optional

FROM node:24.21-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8000 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json /app/next.config.mjs /app/server.ts ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/.next ./.next
COPY --from=build /app/lib ./lib
COPY --from=build /app/public ./public
COPY --from=build /app/scripts/health.mjs /app/scripts/backup.mjs /app/scripts/node-version.mjs /app/scripts/shop-reset.ts ./scripts/
COPY --from=build /app/knowledge ./knowledge
COPY --from=build /app/agents ./agents
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["node", "scripts/health.mjs"]
# Node itself, not npm: it gets the signals, and lets answers end before it stops.
CMD ["node", "server.ts"]
