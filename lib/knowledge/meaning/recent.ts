/** Remembers the values of the keys that were used last, at most so many. */
export function createRecent<Value>(most: number) {
  const values = new Map<string, Value>()
  const put = (key: string, value: Value): void => {
    values.delete(key)
    values.set(key, value)
    // A map keeps the order in which keys came: the first is the one that was not used for longest.
    if (values.size > most) values.delete(values.keys().next().value as string)
  }
  return {
    put,
    get(key: string): Value | undefined {
      const value = values.get(key)
      if (value !== undefined) put(key, value)
      return value
    },
  }
}
