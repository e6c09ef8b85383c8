/** Makes something when it is first asked for, and keeps it. */
export const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** Makes something of an object when it is first asked for, and keeps it for as long as the object is held. */
export const oncePer = <K extends object, T>(make: (from: K) => T): ((from: K) => T) => {
  const made = new WeakMap<K, T>();
  return (from) => {
    const known = made.get(from);
    if (known !== undefined || made.has(from)) return known as T;
    const value = make(from);
    made.set(from, value);
    return value;
  };
};

/** Makes something of a text when it is first asked for, and keeps it. */
export const oncePerText = <T>(make: (from: string) => T): ((from: string) => T) => {
  const made = new Map<string, { readonly value: T }>();
  return (from) => {
    const known = made.get(from) ?? { value: make(from) };
    made.set(from, known);
    return known.value;
  };
};

/** Makes something of a text, and keeps it for the texts asked about lately: at least the last half of `most` of them. */
export const oncePerRecentText = <T>(most: number, make: (from: string) => T): ((from: string) => T) => {
  let made = new Map<string, { readonly value: T }>();
  let before = made;
  return (from) => {
    const known = made.get(from);
    if (known) return known.value;
    const found = before.get(from) ?? { value: make(from) };
    if (made.size >= most / 2) {
      before = made;
      made = new Map();
    }
    made.set(from, found);
    return found.value;
  };
};
