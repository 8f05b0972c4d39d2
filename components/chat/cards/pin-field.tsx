import { Eye, EyeOff } from 'lucide-react'
import { type Ref, useState } from 'react'
import { IconButton } from '#components/ui/button.tsx'
import { texts } from '../texts.ts'

interface PinFieldProps {
  ref: Ref<HTMLInputElement>
  id: string
  value: string
  invalid: boolean
  describedBy: string
  onChange: (pin: string) => void
}

/** Four digits, hidden until they are asked for. What is pasted may have spaces in it. */
export function PinField({ ref, id, value, invalid, describedBy, onChange }: PinFieldProps) {
  const [revealed, setRevealed] = useState(false)
  return (
    <div className="relative mt-1">
      <input
        ref={ref}
        id={id}
        type={revealed ? 'text' : 'password'}
        inputMode="numeric"
        // Browsers do not offer to keep what is good for one use.
        autoComplete="one-time-code"
        spellCheck={false}
        value={value}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        onChange={({ target }) => onChange(target.value.replaceAll(/\D/g, '').slice(0, 4))}
        className="block min-h-10 w-full rounded-field border border-muted/50 bg-surface ps-3 pe-11 font-mono text-base tracking-widest touch:min-h-11"
      />
      <IconButton
        label={revealed ? texts.shop.hidePin : texts.shop.showPin}
        aria-controls={id}
        onClick={() => setRevealed(!revealed)}
        className="absolute end-0.5 top-1/2 -translate-y-1/2"
      >
        {revealed ? <EyeOff aria-hidden className="size-4" /> : <Eye aria-hidden className="size-4" />}
      </IconButton>
    </div>
  )
}
