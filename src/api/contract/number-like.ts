import { z } from 'zod'

/** What people write of callers: telephone numbers, or the user parts of SIP addresses. */

/** A number, or a SIP user, without wildcards: `**610` is a telephone of a FRITZ!Box. */
export const writtenNumber = z
  .string()
  .trim()
  .regex(
    /^(?=.*[0-9A-Za-z])(?=.{1,64}$)(\+?[\d\p{Zs}\p{Pd}()/.]+|[*#]{2}\d+|[*#]+\d+#|[\p{L}\p{N}_.~+=@-]+)$/u,
    'write a whole number like +49 30 1234567, or a SIP user like spam.bot; for patterns like 0900* there are rules',
  )

/** The same, perhaps with wildcards: `*` for any digits, `?` for one. */
export const numberPattern = z
  .string()
  .trim()
  .regex(
    /^(?=.*[0-9A-Za-z?])(?=.{1,64}$)([\d\p{Zs}\p{Pd}+*?#()/.]+|[\p{L}\p{N}_.~+=@*?-]+)$/u,
    'write a number like +49 30 1234567, a pattern like 0900* or 030123?, or a SIP user like spam.bot',
  )
  .refine(
    (text) => !/^00[0\s]*\*[0*\s]*$/.test(text),
    'that is every number; those from abroad are the ones that are not +49*, or of your own country',
  )
