#!/bin/sh
# make-addon.sh FOLDER: makes a local add-on of this checkout (docs/home-assistant.md). FOLDER is new, below /addons.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
folder=$1
mkdir "$folder"
for path in package.json package-lock.json tsconfig.json LICENSE bin src assets; do cp -R "$root/$path" "$folder/$path"; done
mkdir "$folder/web"
# Not what is installed or built here: the image builds its own.
(cd "$root/web" && tar -cf - --exclude=./node_modules --exclude=./dist .) | tar -xf - -C "$folder/web"
cp "$here/config.yaml" "$here/start.mjs" "$folder/"
cat "$root/packaging/Dockerfile" "$here/addon.dockerfile" > "$folder/Dockerfile"
cp "$root/packaging/Dockerfile.dockerignore" "$folder/.dockerignore"
echo '!start.mjs' >> "$folder/.dockerignore"
