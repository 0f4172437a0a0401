namespace CertFunctions.Core.Certifications;

/// <summary>Why calls on certifications are refused.</summary>
public static class CertificationRejections
{
    public static Rejection NotFound(CertificationCode code) =>
        Rejection.NotFound(ErrorCode.CertificationNotFound, $"There is no certification {code}.");

    public static Rejection Archived(CertificationCode code) =>
        Rejection.Conflict(ErrorCode.CertificationArchived, $"The certification {code} is archived.");
}
