namespace CertFunctions.Core.Certifications;

public static class CertificationStoreExtensions
{
    /// <summary>The certification as it stands now, if it can be awarded.</summary>
    public static async Task<Outcome<Certification>> FindActiveAsync(
        this ICertificationStore certifications, CertificationCode code, CancellationToken cancellationToken) =>
        (await certifications.FindAsync(code, cancellationToken))?.Certification switch
        {
            null => CertificationRejections.NotFound(code),
            { Status: CertificationStatus.Archived } => CertificationRejections.Archived(code),
            var active => active,
        };
}
