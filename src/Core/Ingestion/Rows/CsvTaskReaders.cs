using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Ingestion.Csv;

namespace CertFunctions.Core.Ingestion.Rows;

/// <summary>Begins to read files.</summary>
public sealed class CsvTaskReaders(ICertificationStore certifications, IUsernameClaims claims, IExternalTrainingStore trainings)
{
    /// <param name="onExisting">Only asked for awards.</param>
    public CsvTaskReader Open(ImportKind kind, CsvFormat format, OnExisting onExisting = OnExisting.KeepNewest) => new(format, kind switch
    {
        ImportKind.Awards => new AwardRows(
            format, onExisting, new RowCertifications(certifications), new RowUsers(claims), new RowTrainings(trainings)),
        ImportKind.Users => new UserRows(format),
        ImportKind.Groups => new GroupRows(format),
        _ => new BranchRows(format),
    });
}
