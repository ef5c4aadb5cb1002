//! Characters with more than one living reading.
//!
//! The table of the `pinyin` crate has every reading that a dictionary records: 育 is also zhou in it, 期 also ji, 族 also
//! cou. With those, czj (市财政局) would find 市民族宗教事务局. So a character has the first reading of that table, which is
//! the usual one, or what is listed here: readings that are in use today, in words, surnames and names of places.

use std::sync::LazyLock;

/// A character and its readings, ü written v.
const LIVING: &str = "
    阿a,e 艾ai,yi 扒ba,pa 柏bai,bo 伯bo,bai 薄bo,bao 堡bao,bu,pu 暴bao,pu 辟pi,bi 臂bi,bei 扁bian,pian 便bian,pian 屏ping,bing
    泊bo,po 剥bo,bao 埔bu,pu 蚌bang,beng 秘mi,bi 泌mi,bi
    参can,cen,shen 藏cang,zang 曾ceng,zeng 差cha,chai,ci 查cha,zha 刹cha,sha 颤chan,zhan 长chang,zhang 朝chao,zhao 车che,ju
    称cheng,chen 乘cheng,sheng 盛sheng,cheng 澄cheng,deng 匙chi,shi 重zhong,chong 种zhong,chong 臭chou,xiu 畜chu,xu
    传chuan,zhuan 椎zhui,chui 伺ci,si 兹zi,ci 攒zan,cuan 撮cuo,zuo 仇chou,qiu 幢zhuang,chuang
    大da,dai 单dan,shan,chan 弹dan,tan 得de,dei 的de,di 地di,de 提ti,di 翟zhai,di 调diao,tiao 都dou,du 读du,dou 度du,duo
    囤tun,dun 石shi,dan
    恶e,wu 番fan,pan 繁fan,po 佛fo,fu 否fou,pi 脯fu,pu
    合he,ge 给gei,ji 葛ge 谷gu,yu 贾jia,gu 莞guan,wan 龟gui,jun,qiu 盖gai,ge 蛤ge,ha 咖ka,ga 涡wo,guo 鹄hu,gu
    还hai,huan 行xing,hang,heng 巷xiang,hang 核he,hu 和he,huo,hu 吓xia,he 会hui,kuai 浒hu,xu 虹hong,jiang
    系xi,ji 奇qi,ji 稽ji,qi 缉ji,qi 祭ji,zhai 见jian,xian 将jiang,qiang 降jiang,xiang 强qiang,jiang 角jiao,jue 觉jue,jiao
    校xiao,jiao 嚼jiao,jue 解jie,xie 劲jin,jing 颈jing,geng 句ju,gou 圈quan,juan 隽juan,jun
    卡ka,qia 壳ke,qiao 落luo,la,lao 烙lao,luo 络luo,lao 乐le,yue 勒le,lei 俩lia,liang 了le,liao 六liu,lu 露lu,lou 绿lv,lu
    率lv,shuai 泷long,shuang
    脉mai,mo 埋mai,man 蔓man,wan 氓mang,meng 没mei,mo 模mo,mu 抹mo,ma 牟mou,mu 缪miao,mou,miu 万wan,mo
    娜na,nuo 呢ne,ni 弄nong,long 疟nve,yao 尿niao,sui 粘zhan,nian
    胖pang,pan 刨pao,bao 炮pao,bao 朴pu,piao 瀑pu,bao 曝pu,bao
    栖qi,xi 蹊xi,qi 铅qian,yan 茄qie,jia 亲qin,qing 区qu,ou 覃qin,tan 纤xian,qian 荨xun,qian
    色se,shai 塞sai,se 厦sha,xia 杉shan,sha 折zhe,she 什shen,shi 省sheng,xing 识shi,zhi 食shi,si 似si,shi 氏shi,zhi 殖zhi,shi
    属shu,zhu 熟shu,shou 数shu,shuo 说shuo,shui 宿su,xiu 缩suo,su 莎sha,suo 召zhao,shao 莘shen,xin 歙she,xi
    沓ta,da 拓tuo,ta 陶tao,yao 褪tui,tun
    尾wei,yi 蔚wei,yu 尉wei,yu 遗yi,wei
    洗xi,xian 削xiao,xue 血xue,xie 吁xu,yu 咽yan,ye 殷yin,yan 钥yao,yue 熨yun,yu 筠jun,yun
    择ze,zhai 扎zha,za 轧zha,ya 爪zhao,zhua 着zhe,zhao,zhuo 著zhu,zhuo 琢zhuo,zuo 仔zi,zai 综zong,zeng 柞zuo,zha
    耙pa,ba 桔ju,jie 辗zhan,nian 傀kui 炔que 铣xi,xian 藉ji,jie 咳ke,hai 哪na,nei 这zhe,zhei 那na,nei 谁shui,shei 屯tun,zhun
    侗dong,tong 槛kan,jian 雀que,qiao 栅zha,shan 扛kang,gang 肋lei,le 碌lu,liu 陆lu,liu 吭keng,hang 乾qian,gan 膀bang,pang
    磅bang,pang 溺ni,niao 镐gao,hao 卜bu,bo 剿jiao,chao 咋za,ze,zha 貉he,hao
";

static BY_CHARACTER: LazyLock<Vec<(char, Vec<&str>)>> = LazyLock::new(|| {
    let split = |entry: &'static str| {
        let mut chars = entry.chars();
        chars.next().map(|c| (c, chars.as_str().split(',').collect()))
    };
    let mut table: Vec<(char, Vec<&str>)> = LIVING.split_whitespace().filter_map(split).collect();
    table.sort_by_key(|(c, _)| *c);
    table
});

/// The readings of a character that is listed here.
pub(super) fn readings(c: char) -> Option<&'static [&'static str]> {
    let at = BY_CHARACTER.binary_search_by_key(&c, |(listed, _)| *listed).ok()?;
    Some(&BY_CHARACTER[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use pinyin::ToPinyinMulti;

    #[test]
    fn every_reading_is_in_the_dictionary_and_stands_once() {
        for pair in BY_CHARACTER.windows(2) {
            assert_ne!(pair[0].0, pair[1].0);
        }
        for (c, readings) in BY_CHARACTER.iter() {
            let known: Vec<String> =
                c.to_pinyin_multi().into_iter().flatten().map(|reading| reading.plain().replace('ü', "v")).collect();
            for reading in readings {
                assert!(known.iter().any(|known| known == reading), "{c} {reading}: {known:?}");
            }
        }
    }
}
