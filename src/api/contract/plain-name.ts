import { z } from 'zod'

/** A name that people type into phones and command lines. */
export const plainName = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, 'use 1 to 64 letters, digits, dots, dashes or underscores')
