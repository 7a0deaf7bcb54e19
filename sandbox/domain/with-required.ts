/** A wire type of which we, who make it, know that these optional members are there. */
export type WithRequired<T, Member extends keyof T> = T & { [K in Member]-?: NonNullable<T[K]> }
