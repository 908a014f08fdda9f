#!/bin/sh
# Makes the archive and the Debian package out of a finished release build: package.sh PROGRAM FOLDER
# The same program and commit give the same bytes: times come from the commit, names are sorted, everything belongs to root.
set -eu
cd "$(dirname "$0")/.."
program=$1
out=$2
umask 022
export LC_ALL=C TZ=UTC

version=$("$program" --version | cut -d ' ' -f 2)
machine=$(uname -m)
arch=$(dpkg --print-architecture)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"

strip -o "$work/anlaufstelle" "$program"

name=anlaufstelle-$version-$machine-linux
tree=$work/$name
install -D -m 755 "$work/anlaufstelle" "$tree/anlaufstelle"
install -m 644 docker/systemd/anlaufstelle.service docker/systemd/anlaufstelle.toml docker/systemd/environment \
    docker/systemd/sysusers.conf LICENSE docs/OPERATING.md "$tree/"
install -m 644 docker/LIESMICH.txt "$tree/LIESMICH.txt"
install -m 644 search-index/data/places/NOTICE.md "$tree/NOTICE-places.md"
install -m 644 services/finder/data/NOTICE.md "$tree/NOTICE-map.md"
install -D -m 644 -t "$tree/proxy" docker/proxy/nginx.conf docker/proxy/Caddyfile
archive=$out/$name.tar.gz
tar --create --directory "$work" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
    --format=gnu "$name" | gzip -9n >"$archive"

root=$work/root
doc=$root/usr/share/doc/anlaufstelle
install -D -m 755 "$work/anlaufstelle" "$root/usr/bin/anlaufstelle"
install -D -m 644 docker/systemd/anlaufstelle.service "$root/lib/systemd/system/anlaufstelle.service"
install -D -m 644 docker/systemd/sysusers.conf "$root/usr/lib/sysusers.d/anlaufstelle.conf"
install -D -m 640 -t "$root/etc/anlaufstelle" docker/systemd/anlaufstelle.toml docker/systemd/environment
chmod 750 "$root/etc/anlaufstelle"
install -D -m 644 -t "$doc" docs/OPERATING.md docs/DATA.md docs/import-profiles.md
install -m 644 docker/LIESMICH.txt "$doc/LIESMICH.txt"
install -m 644 search-index/data/places/NOTICE.md "$doc/NOTICE-places.md"
install -m 644 services/finder/data/NOTICE.md "$doc/NOTICE-map.md"
install -m 644 docker/debian/copyright LICENSE "$doc/"
install -D -m 644 -t "$doc/proxy" docker/proxy/nginx.conf docker/proxy/Caddyfile
gzip -9n <CHANGELOG.md >"$doc/changelog.gz"

mkdir -p "$root/DEBIAN"
size=$(du -sk --apparent-size "$root" | cut -f 1)
sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$arch/" -e "s/@SIZE@/$size/" docker/debian/control >"$root/DEBIAN/control"
printf '%s\n' /etc/anlaufstelle/anlaufstelle.toml /etc/anlaufstelle/environment >"$root/DEBIAN/conffiles"
install -m 755 docker/debian/postinst docker/debian/prerm docker/debian/postrm "$root/DEBIAN/"
(cd "$root" && find . -path ./DEBIAN -prune -o -type f -print | sort | sed 's,^\./,,' | xargs md5sum) >"$root/DEBIAN/md5sums"
find "$root" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
package=$out/anlaufstelle_${version}_$arch.deb
dpkg-deb --root-owner-group -Zxz --build "$root" "$package" >/dev/null

for file in "$archive" "$package"; do
    printf '%s\n  %s bytes\n  SHA-256 %s\n' "$file" "$(stat -c %s "$file")" "$(sha256sum "$file" | cut -d ' ' -f 1)"
done
