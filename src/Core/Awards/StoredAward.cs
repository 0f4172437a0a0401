using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Awards;

/// <summary>The latest version of an award as it is stored.</summary>
/// <param name="User">How the lists show the user at present.</param>
/// <param name="Revision">Names this state of the stored row; showing the user otherwise changes it, too.</param>
public sealed record StoredAward(Award Award, ShownUser User, string Revision);
