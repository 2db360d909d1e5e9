/** Numbers as a board reads them. */
export const plain = (value: number, digits: number): string => value.toFixed(digits);
export const share = (value: number): string => `${(100 * value).toFixed(0)} %`;
export const usd = (value: number): string =>
  `${value < 0 ? "−" : ""}$${Math.abs(Math.round(value))
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ",")}`;
