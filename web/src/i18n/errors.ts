import { ApiError, type FieldError } from '@/api/error'
import { t, te } from './index'

function sentence(code: string, params?: Record<string, unknown>): string | undefined {
  const key = `errors.${code}`
  return te(key) ? t(key, (params ?? {}) as Record<string, string | number>) : undefined
}

/** What happened, as a sentence for the person who sees it. */
export function errorText(error: unknown): string {
  if (!(error instanceof ApiError)) return t('errors.unexpected')
  return sentence(error.code, error.params) ?? sentence(`status.${error.status}`) ?? t('errors.unexpected')
}

/** What is wrong with one field. */
export function fieldText(field: FieldError): string {
  return sentence(field.code, field.params) ?? t('errors.field.invalid')
}
