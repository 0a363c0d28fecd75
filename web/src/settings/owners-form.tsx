import type { ComponentProps } from 'preact'
import { isOwner } from './collections.ts'
import { Form } from './form.tsx'
import { ReadOnly } from './gone.tsx'

/** A form that only owners may send; anybody else may look at its fields. */
export const OwnersForm = (form: ComponentProps<typeof Form>) =>
  isOwner() ? <Form {...form} /> : <ReadOnly>{form.children}</ReadOnly>
