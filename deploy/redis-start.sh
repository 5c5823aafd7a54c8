#!/bin/sh
# Starts Redis with deploy/redis.conf, heard on compose's inner network; the password shows in no process list.
set -eu
umask 077
{
    cat /etc/zhongyan/redis.conf
    printf '\nbind 0.0.0.0\ndir /data\nrequirepass %s\n' "$REDIS_PASSWORD"
} > /tmp/redis.conf
exec redis-server /tmp/redis.conf
