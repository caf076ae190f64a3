/** The tree of RFC 9162: leaves, paths, continuations 默克尔树. */
import { sha256 } from "@noble/hashes/sha2.js";
import { joined, same } from "./forms";

export const leafHash = (data: Uint8Array) => sha256(joined(Uint8Array.of(0), data));
const nodeHash = (left: Uint8Array, right: Uint8Array) =>
  sha256(joined(Uint8Array.of(1), left, right));

/** Place of a node in its row, and of the last one there. Halved without bits: 53 bits count. */
class Place {
  constructor(
    public node: number,
    public last: number,
  ) {}

  up() {
    this.node = Math.floor(this.node / 2);
    this.last = Math.floor(this.last / 2);
  }

  get isRight() {
    return this.node % 2 === 1 || this.node === this.last;
  }

  /** To the first row in which this is a right child. */
  climb() {
    while (this.node % 2 === 0 && this.node !== 0) this.up();
  }
}

/** Whether a leaf stands at `index` of a tree with this size and root. */
export function included(
  index: number,
  leaf: Uint8Array,
  path: readonly Uint8Array[],
  size: number,
  root: Uint8Array,
): boolean {
  if (index >= size) return false;
  const place = new Place(index, size - 1);
  let value = leaf;
  for (const other of path) {
    if (place.last === 0) return false;
    if (place.isRight) {
      value = nodeHash(other, value);
      place.climb();
    } else {
      value = nodeHash(value, other);
    }
    place.up();
  }
  return place.last === 0 && same(value, root);
}

export type Head = { size: number; root: Uint8Array };

/** Whether the newer tree begins with the older one. */
export function continued(old: Head, next: Head, proof: readonly Uint8Array[]): boolean {
  if (old.size === 0 || old.size > next.size) return false;
  if (old.size === next.size) return proof.length === 0 && same(old.root, next.root);
  const isPower = Number.isInteger(Math.log2(old.size));
  const [start, ...rest] = isPower ? [old.root, ...proof] : proof;
  if (!start) return false;
  const place = new Place(old.size - 1, next.size - 1);
  while (place.node % 2 === 1) place.up();
  let [first, second] = [start, start];
  for (const other of rest) {
    if (place.last === 0) return false;
    if (place.isRight) {
      [first, second] = [nodeHash(other, first), nodeHash(other, second)];
      place.climb();
    } else {
      second = nodeHash(second, other);
    }
    place.up();
  }
  return place.last === 0 && same(first, old.root) && same(second, next.root);
}
