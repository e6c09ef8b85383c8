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
  const made = new WeakMap<K, { readonly value: T }>();
  return (from) => {
    const known = made.get(from);
    if (known) return known.value;
    const value = make(from);
    made.set(from, { value });
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
