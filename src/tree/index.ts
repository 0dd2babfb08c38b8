export type {
  Branch,
  Link,
  LookFor,
  Placeholder,
  Step,
  StepCommand,
  Symptom,
  Tree,
  Variable,
  VariableType,
} from './types.ts'
