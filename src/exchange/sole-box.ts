import { AnswerphoneError } from '../shared/errors.ts'

/** The only mailbox that is there. Throws AP_IMPORT_NOTHING or AP_IMPORT_SEVERAL. */
export function soleBox(boxes: readonly string[], place: string): string {
  const [box, another] = boxes
  if (box === undefined) throw new AnswerphoneError('AP_IMPORT_NOTHING', { place })
  if (another !== undefined)
    throw new AnswerphoneError('AP_IMPORT_SEVERAL', { place, boxes: boxes.slice(0, 20).join(', ') })
  return box
}
