using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Awards;

/// <summary>Counts that change in the transactions of the awards: exact whenever nobody is writing, and never recounted.</summary>
public interface IExpiryCounts
{
    /// <summary>Costs a read for each shard, and of all certifications one more for each further thousand of them: no award is read.</summary>
    /// <param name="code">Null: of all certifications, archived ones too.</param>
    Task<ExpiryCounts> CountAsync(CertificationCode? code, CancellationToken cancellationToken);
}
