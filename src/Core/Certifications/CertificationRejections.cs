namespace CertFunctions.Core.Certifications;

/// <summary>Why calls on certifications are refused.</summary>
public static class CertificationRejections
{
    public static Rejection NotFound(CertificationCode code) =>
        Rejection.NotFound("certification_not_found", $"There is no certification {code}.");

    public static Rejection Archived(CertificationCode code) =>
        Rejection.Conflict("certification_archived", $"The certification {code} is archived.");
}
