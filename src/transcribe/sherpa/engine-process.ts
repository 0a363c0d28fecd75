/**
 * The process in which sherpa-onnx listens: a model that it does not like ends it, and so may a fault in native code, and calls go on.
 * Started by start-process.ts with little priority; it ends with whoever has started it.
 */
import { loadSherpaOnnx } from '../../sherpa/sherpa-onnx.ts'
import type { FromEngine, ToEngine } from './messages.ts'
import { type Ear, type OpenEar, openRecogniser } from './recogniser.ts'

const ears = new Map<number, Ear>()
let openEar: OpenEar | undefined

const tell = (message: FromEngine) => process.send?.(message)

function obey(order: ToEngine): void {
  switch (order.kind) {
    case 'load': {
      const sherpa = loadSherpaOnnx()
      if (!sherpa) return void tell({ kind: 'missing' })
      openEar = openRecogniser(sherpa, order.model, order.language)
      return void tell({ kind: 'loaded' })
    }
    case 'open':
      if (openEar) ears.set(order.id, openEar(order.isLive))
      return
    case 'sound':
      return answer(order.id, (ear) => ear.hear(order.pcm))
    case 'end':
      answer(order.id, (ear) => ear.finish())
      ears.delete(order.id)
      return
    case 'drop':
      ears.delete(order.id)
  }
}

function answer(id: number, listen: (ear: Ear) => ReturnType<Ear['finish']>): void {
  const ear = ears.get(id)
  if (ear) tell({ kind: 'heard', id, heard: listen(ear) })
}

process.on('message', (order: ToEngine) => {
  // Its interface says `any`; start-engine.ts sends nothing else.
  obey(order)
})
process.on('disconnect', () => process.exit(0))
