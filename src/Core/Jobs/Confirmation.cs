namespace CertFunctions.Core.Jobs;

/// <summary>Whether a job may touch as many users as were found.</summary>
internal static class Confirmation
{
    /// <param name="confirmed">How many whoever asked for it expects; null: not said.</param>
    /// <param name="most">So many may be touched unsaid; 0: any number.</param>
    /// <returns>The code of the refusal; null: it may.</returns>
    public static string? WhyNot(int found, int? confirmed, int most) => confirmed is { } expected
        ? expected == found ? null : ErrorCode.ConfirmationMismatch
        : most > 0 && found > most ? ErrorCode.ConfirmationRequired : null;
}
