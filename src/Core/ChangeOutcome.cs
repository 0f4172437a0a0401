namespace CertFunctions.Core;

/// <summary>What became of a change that was asked for.</summary>
public enum ChangeOutcome
{
    Awarded,
    Renewed,
    Updated,
    Revoked,
    Skipped,
    Failed,
}
