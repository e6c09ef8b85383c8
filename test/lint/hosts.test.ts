import { expect, test } from 'vitest';
import { hostsIn, isForSomebodyElse } from '../../src/lint/hosts.js';

test.each([
  ['DATABASE_URL', 'postgres://app:pa@db:5432/app', ['db:5432']],
  ['DATABASE_URL', 'jdbc:postgresql://db/app?ssl=true&host=other', ['db']],
  ['MONGO', 'mongodb://a:27017,b:27017/app?replicaSet=rs0', ['a:27017', 'b:27017']],
  ['DSN', 'root:pa@tcp(mysql:3306)/app', ['mysql:3306']],
  ['PG', 'host=db port=5432 dbname=gitea', ['db']],
  ['ConnectionString', 'Server=sqldata;Database=Orders;User Id=sa', ['sqldata']],
  ['SOLR_OPTS', '-Denable.follower=true -Dleader.url=http://solr:8983/solr', ['solr:8983']],
  ['DB_HOST', 'db', ['db']],
  ['Mail__SMTPHost', 'mail', ['mail']],
  ['POSTGRES_DB', 'gitea', []],
  ['BROKER_TRANSPORT', 'redis', []],
  ['CACHE', 'redis:7', []],
  ['API', 'http://127.0.0.1:8000', ['127.0.0.1:8000']],
  ['STARTS_AT', '10:30', []],
])('%s=%s names %j', (variable, text, expected) => {
  expect(hostsIn(variable, text).map(({ host, port }) => (port === undefined ? host : `${host}:${port}`))).toEqual(
    expected,
  );
});

test.each([
  ['NEXT_PUBLIC_API_URL', true],
  ['CORS_ORIGINS', true],
  ['API_URL', false],
])('%s is for somebody else: %s', (variable, expected) => {
  expect(isForSomebodyElse(variable)).toBe(expected);
});
