import { useCallback } from "react";
import { useSearchParams } from "wouter";

/** A choice of a page that stands in its address: shared by sending the address, kept by going back. The default is left out. */
export function useInAddress(name: string, otherwise = ""): readonly [string, (value: string) => void] {
  const [search, setSearch] = useSearchParams();
  const change = useCallback(
    (value: string) =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          if (value === otherwise) next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true },
      ),
    [name, otherwise, setSearch],
  );
  return [search.get(name) ?? otherwise, change];
}
