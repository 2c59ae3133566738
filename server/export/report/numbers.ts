// Numbers as a report writes them, in English on every machine.

/** @param digits at most so many that count */
export const numberText = (value: number, digits = 5): string => String(Number(value.toPrecision(digits)));
export const withUnit = (value: number, unit: string): string => `${numberText(value)}${unit === '' ? '' : ` ${unit}`}`;
