using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Awarding.Undoing;

/// <summary>The versions of awards that an undo rests on: as they were read, and those that it has decided on since.</summary>
internal sealed class KnownVersions(IReadOnlyDictionary<(CertificationCode, LmsId), StoredAward> latest, IEnumerable<Award> superseded)
{
    private readonly Dictionary<AwardVersion, Award> all = superseded.Concat(latest.Values.Select(stored => stored.Award)).ToDictionary(KeyOf);

    public StoredAward? FindStored(CertificationCode code, LmsId userId) => latest.GetValueOrDefault((code, userId));

    public Award? Find(CertificationCode code, LmsId userId, int version) => all.GetValueOrDefault(new AwardVersion(userId, code, version));

    /// <summary>From one version on to the latest; none where that is older.</summary>
    public IReadOnlyList<Award> Since(CertificationCode code, LmsId userId, int version)
    {
        var since = new List<Award>();
        while (Find(code, userId, version + since.Count) is { } award)
        {
            since.Add(award);
        }

        return since;
    }

    public void Add(Award? award)
    {
        if (award is not null)
        {
            all[KeyOf(award)] = award;
        }
    }

    private static AwardVersion KeyOf(Award award) => new(award.UserId, award.CertificationCode, award.Version);
}
