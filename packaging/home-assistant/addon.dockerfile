
# Home Assistant gives its add-ons a /data of root's: `start.mjs` takes it over and goes on as `node`, with the add-on's options.
USER root
COPY start.mjs /start.mjs
ENTRYPOINT ["node", "/start.mjs"]
CMD []
