#!/bin/sh
# Run once by the postgres image on an empty volume: the product's own role, which is no superuser.
set -eu
psql --no-psqlrc --set ON_ERROR_STOP=1 --set password="$DATABASE_PASSWORD" --username "$POSTGRES_USER" <<SQL
CREATE ROLE zhongyan LOGIN ${DATABASE_ROLE_OPTIONS:-} PASSWORD :'password';
CREATE DATABASE zhongyan OWNER zhongyan;
SQL
