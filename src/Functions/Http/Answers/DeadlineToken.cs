using Microsoft.Azure.Functions.Worker.Converters;

namespace CertFunctions.Functions.Http.Answers;

/// <summary>Binds a function's <see cref="CancellationToken"/> to its <see cref="Deadline"/>; without one to what the worker gives.</summary>
internal sealed class DeadlineToken : IInputConverter
{
    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context) => new(context.TargetType == typeof(CancellationToken)
        ? ConversionResult.Success(Deadline.TokenOf(context.FunctionContext))
        : ConversionResult.Unhandled());
}
