namespace CertFunctions.Core.Directory;

/// <summary>The awards as they show their user.</summary>
public interface IAwardProjection
{
    /// <summary>Makes all awards of the user show this name. Doing it again changes nothing.</summary>
    Task RenameAsync(LmsId userId, PersonName name, CancellationToken cancellationToken);
}
