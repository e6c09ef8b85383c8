import { InvalidArgumentError } from 'commander';
import type { ShardMark } from '../report/run-result.js';

/** Reads `1/8`. */
export const shardOf = (text: string): ShardMark => {
  const [, number, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const shard = { number: Number(number), of: Number(of) };
  if (shard.number >= 1 && shard.number <= shard.of) return shard;
  throw new InvalidArgumentError('Write <part>/<parts>, for example 1/8.');
};

/**
 * The items that belong to a shard. Neighbours stay together, so that folders which share files mostly do; the sizes of shards
 * differ by one at most, and every item is in exactly one.
 */
export const sharded = <T>(items: readonly T[], { number, of }: ShardMark): readonly T[] =>
  items.slice(Math.floor(((number - 1) * items.length) / of), Math.floor((number * items.length) / of));
