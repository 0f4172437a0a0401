namespace CertFunctions.Functions.Http.Answers;

/// <summary>On a function whose callers give up early: see <see cref="Core.Limits.TimeToAnswerSoon"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AnswersSoonAttribute : Attribute;
