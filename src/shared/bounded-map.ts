/** A map of bounded size: of what is past it, that which was set longest ago is forgotten. */
export interface BoundedMap<Key, Value> {
  readonly size: number
  get(key: Key): Value | undefined
  set(key: Key, value: Value): void
  delete(key: Key): void
  values(): Iterable<Value>
}

export function boundedMap<Key, Value>(most: number): BoundedMap<Key, Value> {
  const map = new Map<Key, Value>()
  return {
    get size() {
      return map.size
    },
    get: (key) => map.get(key),
    set(key, value) {
      map.delete(key)
      map.set(key, value)
      if (map.size <= most) return
      for (const oldest of map.keys()) {
        map.delete(oldest)
        break
      }
    },
    delete: (key) => void map.delete(key),
    values: () => map.values(),
  }
}
